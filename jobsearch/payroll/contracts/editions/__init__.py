"""The contract itself: its versions, what they say, and who signed them."""
