"""Who is stuck: visible rules, each alert with its reason, its taker, and whether it was right."""
