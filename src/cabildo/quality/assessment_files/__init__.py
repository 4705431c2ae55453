"""An assessment written in a file: read, scored and told. docs/reference/assessment-file.md describes the format."""
