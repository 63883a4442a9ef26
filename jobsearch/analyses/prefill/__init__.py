"""First words of an analysis, made of what the records say; every one can be edited and removed."""
