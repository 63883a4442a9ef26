"""The results of a programme and of its cohorts as reports: what they say, in which words."""
