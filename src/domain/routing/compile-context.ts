import type { PathInFile, RouteProblem, RoutesFile } from './routes-file.ts';

/** The line of a place in the file, from 1. */
export type LineOf = (path: PathInFile) => number;

/** What compiling a route needs beside the route. */
export type CompileContext = {
  file: RoutesFile;
  lineOf: LineOf;
  report(at: PathInFile, message: string, severity?: RouteProblem['severity']): void;
};
