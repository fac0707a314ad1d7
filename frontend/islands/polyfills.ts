// What Chrome 66 and iOS 12 lack and the libraries of the islands use. Not a place for language features of our own code:
// tsconfig's "lib" keeps that at ES2018.

if (typeof globalThis === "undefined") {
  Object.defineProperty(window, "globalThis", { value: window, configurable: true, writable: true });
}
