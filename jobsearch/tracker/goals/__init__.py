"""Goals that grow over the three weeks, and what one person's own are."""
