"""One person's data erased because she or the provider asked: what goes, and what the law keeps."""
