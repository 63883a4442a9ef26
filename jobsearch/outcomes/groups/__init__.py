"""Where those who started stand, group by group."""
