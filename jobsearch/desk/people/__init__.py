"""Pages of people: who they are, in which groups, and how the others see them."""
