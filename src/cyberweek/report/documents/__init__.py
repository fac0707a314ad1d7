"""Official documents as files: a model, and writers for .docx (GB/T 9704-2012) and .xlsx. Knows no campaign."""
