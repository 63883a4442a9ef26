"""From introduction to work: how many came how far, why the others left, and how much they did."""
