"""What a person tells of her own job or studies, until a coach has noted it as an outcome."""
