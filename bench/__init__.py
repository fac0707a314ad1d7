"""The figures of this machine as ratios within one run: `python -m bench [answers|home|growth|rebuild] [--quick]`.

Never asserted: a ratio says how near the house is to the bare limit here and now; docs/performance.md says how to read it.
"""
