"""From a municipal coach's introduction to a signed contract: the funnel, and why people leave."""
