import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const httpExceptions = [
  'HttpException',
  'BadRequestException',
  'NotFoundException',
  'ConflictException',
  'ForbiddenException',
  'UnauthorizedException',
  'UnprocessableEntityException',
  'InternalServerErrorException',
];
const noForwardRef = {
  name: '@nestjs/common',
  importNames: ['forwardRef'],
  message: 'Break the cycle: publish a domain event.',
};

export default defineConfig(
  globalIgnores(['dist', 'data', 'coverage', '**/*.js', '**/*.cjs', '**/*.mjs', 'web/dist', '**/*.generated.ts']),
  tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      eqeqeq: 'error',
      complexity: ['error', 10],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/max-params': ['error', { max: 6 }],
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off', // DTO classes are shapes here
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowEmpty: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-restricted-imports': ['error', { paths: [noForwardRef] }],
    },
  },
  {
    // Decorated constructors and handlers need the class at run time: `import type` would erase it.
    files: ['src/**/*.ts', 'admin/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['src/**/*.ts', 'admin/**/*.ts'],
    ignores: ['src/common/clock.ts', 'src/main.ts', 'src/cli/**', 'src/openapi.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Inject Clock.' },
        { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'Inject Clock.' },
        {
          selector: 'MemberExpression[object.name="process"][property.name="env"]',
          message: 'Inject AppConfig.',
        },
        {
          selector: 'Identifier[name=/^([sS]ession|[sS]essions)$/]',
          message: 'Say which: LoginSession, sessionKey or ScrobbleRun.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.service.ts', 'src/**/*.entity.ts', 'src/**/*.listener.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@nestjs/common',
              importNames: [...httpExceptions, 'forwardRef'],
              message: 'Throw a DomainError; the HTTP filter words it.',
            },
          ],
        },
      ],
    },
  },
  { files: ['web/**/*.tsx', 'web/**/*.ts'], ...reactHooks.configs.flat.recommended },
  // Warns of what the React Compiler would leave out; there is no compiler here.
  { files: ['web/**/*.tsx', 'web/**/*.ts'], rules: { 'react-hooks/incompatible-library': 'off' } },
  {
    files: ['web/**/*.tsx', 'admin/browser/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['test/**/*.ts', '**/*.spec.ts', 'web/e2e/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // A suite is one long function, and the answers of the API come as whatever they are.
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
