"""Templates of three weeks: their days, blocks, links and files, edited until a group uses them."""
