/** A component on the server, as Blazor hands it to its half in the browser. */
export interface Server {
  invokeMethodAsync<T = void>(method: string, ...args: unknown[]): Promise<T>;
}
