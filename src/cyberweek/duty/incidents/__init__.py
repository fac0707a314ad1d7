"""安全事件 — registered, graded by the law of its day, reported in time, handled and closed. A drill goes the same way."""
