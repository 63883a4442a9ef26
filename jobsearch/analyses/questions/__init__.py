"""What a municipal coach asks a participant, who may answer, leave it, or want no more of it."""
