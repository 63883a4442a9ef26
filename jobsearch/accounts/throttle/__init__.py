"""Growing delays after wrong tries, that no stranger can turn into a lock-out."""
