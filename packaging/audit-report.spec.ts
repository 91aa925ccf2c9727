import { describe, expect, it } from 'vitest';
import { verdictOn } from './audit-report.ts';

const finding = (severity: string, url = 'https://github.com/advisories/GHSA-1') => ({
  title: 'Bad',
  url,
  severity,
});
const report = (vulnerabilities: Record<string, unknown>) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: {} });

describe('an audit of what ships', () => {
  it('is clean without high findings', () => {
    expect(verdictOn(report({})).state).toBe('clean');
    const low = report({ a: { severity: 'moderate', via: [finding('moderate')] } });
    expect(verdictOn(low)).toEqual({ state: 'clean', sentences: [] });
  });

  it('names each high finding once, where it comes from', () => {
    const found = report({
      a: { severity: 'critical', via: ['b', finding('low')] },
      b: { severity: 'critical', via: [finding('critical')] },
    });
    const { state, sentences } = verdictOn(found);
    expect(state).toBe('found');
    expect(sentences).toEqual(['b: Bad (critical, https://github.com/advisories/GHSA-1)']);
  });

  it('takes a finding that is explained with its reason', () => {
    const found = report({ b: { severity: 'high', via: [finding('high')] } });
    const { state, sentences } = verdictOn(found, { 'https://github.com/advisories/GHSA-1': 'never called' });
    expect(state).toBe('clean');
    expect(sentences[0]).toMatch(/: never called$/);
  });

  it.each([
    ['{"message":"405 Method Not Allowed","method":"POST"}', /Nothing was checked: 405 Method Not Allowed/],
    ['', /Nothing was checked/],
    ['{"other":1}', /Nothing was checked/],
  ])('says that nothing was checked where the registry answers %j', (output, sentence) => {
    const { state, sentences } = verdictOn(output);
    expect(state).toBe('unknown');
    expect(sentences[0]).toMatch(sentence);
  });
});
