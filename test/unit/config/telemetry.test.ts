import { describe, expect, it } from 'vitest';
import { Settings } from '../../../src/config/settings.ts';
import { readTelemetry } from '../../../src/config/telemetry.ts';

const read = (env: Record<string, string>) => {
  const settings = new Settings(env);
  return { config: readTelemetry(settings), problems: settings.problems };
};

describe('the receiver of OpenTelemetry', () => {
  it('is none until its address is set', () => {
    expect(read({ OTEL_SERVICE_NAME: 'bot' })).toEqual({ config: null, problems: [] });
  });

  it('gets the headers that it asks for, percent-decoded', () => {
    expect(
      read({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example/base',
        OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a=b, Authorization=Basic%20eHg=',
      }).config,
    ).toEqual({
      endpoint: 'https://otlp.example/base',
      headers: { 'api-key': 'a=b', Authorization: 'Basic eHg=' },
      serviceName: 'license-watch',
    });
  });

  it.each([['grpc://otlp.example'], ['otlp.example:4318'], ['https://me:secret@otlp.example']])(
    'is not taken as %s, and the problem shows no secret',
    (address) => {
      const [problem, ...others] = read({ OTEL_EXPORTER_OTLP_ENDPOINT: address }).problems;
      expect(others).toEqual([]);
      expect(problem).toContain(
        'Set OTEL_EXPORTER_OTLP_ENDPOINT to an address such as http://127.0.0.1:4318',
      );
      expect(problem).not.toContain('secret');
    },
  );

  it.each([['of-nobody'], ['=value'], ['a name=value']])(
    'takes no headers such as %s, and does not repeat them',
    (headers) => {
      const { problems } = read({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
        OTEL_EXPORTER_OTLP_HEADERS: headers,
      });
      expect(problems).toEqual([
        'Set OTEL_EXPORTER_OTLP_HEADERS to pairs such as api-key=abc, with commas between them.',
      ]);
    },
  );
});
