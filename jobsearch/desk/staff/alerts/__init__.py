"""What a coach, a manager or a clerk should see to, found in the rows of people."""
