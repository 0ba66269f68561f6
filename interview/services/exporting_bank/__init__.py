"""Questions and sets as files for other programs, and for another installation of this one."""
