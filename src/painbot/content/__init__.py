"""The content room: YAML files on disk become a course, or a full list of what is wrong with them."""
