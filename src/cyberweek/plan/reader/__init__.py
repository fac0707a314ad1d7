"""From the bytes of a plan to what it says: activities, theme days, division of tasks, deadlines. Pure; no Django."""
