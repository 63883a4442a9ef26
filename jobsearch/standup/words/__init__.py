"""What each person says in the meetings: the plan of the morning, the debrief, good news."""
