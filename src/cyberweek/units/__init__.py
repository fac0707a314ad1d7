"""The effective-dated tree of units and areas: who exists on a day, under which names. Knows no plan and no person."""
