"""Mock Interview: timed interview practice with typed answers, graded on this machine."""
