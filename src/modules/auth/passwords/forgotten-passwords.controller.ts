import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';

import { Access } from '../../../common/http/access.decorator.js';
import { ForgottenPasswordDto, ResetPasswordDto } from './dto/forgotten-password.dto.js';
import { ForgottenPasswords } from './forgotten-passwords.service.js';
import { PasswordResets } from './password-resets.service.js';

@ApiTags('auth')
@Controller('auth/password')
@Access('public')
export class ForgottenPasswordsController {
  constructor(
    private readonly forgotten: ForgottenPasswords,
    private readonly resets: PasswordResets,
  ) {}

  @Post('forgot')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'If somebody signs in with the address, a mail with a link is on its way' })
  async forgot(@Body() { email }: ForgottenPasswordDto): Promise<void> {
    await this.forgotten.request(email);
  }

  @Post('reset')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The password is set; every browser is signed out' })
  async reset(@Body() { token, password }: ResetPasswordDto): Promise<void> {
    await this.resets.reset(token, password);
  }
}
