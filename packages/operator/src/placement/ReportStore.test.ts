import { ReportStore } from './ReportStore';

describe('ReportStore', () => {
  it('reports only changes', () => {
    const changed: string[] = [];
    const reports = new ReportStore<{ left: number }>(key => changed.push(key));
    reports.set('a', { left: 1 });
    reports.set('a', { left: 1 });
    reports.set('a', { left: 0 });
    reports.delete('a');
    reports.delete('a');
    expect(changed).toEqual(['a', 'a', 'a']);
    expect(reports.get('a')).toBeUndefined();
  });
});
