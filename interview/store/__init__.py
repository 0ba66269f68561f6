"""What is kept: typed models, one topic a file, and the reads that span several rows."""
