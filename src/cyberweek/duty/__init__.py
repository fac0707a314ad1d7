"""值班和应急 — what happens when something goes wrong, who is on duty, and what is checked before an activity opens."""
