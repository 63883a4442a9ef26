"""The follow-up: who is asked when, what is sent, which calls were made, what was answered."""
