/** Finds a service of any module. */
export type Services = <Service>(service: abstract new (...args: never[]) => Service) => Service;
