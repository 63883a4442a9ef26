"""The participant's decision: until when, yes or no, and the permission taken back."""
