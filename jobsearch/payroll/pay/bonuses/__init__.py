"""Pay runs of bonuses alone: the approved ones, each once."""
