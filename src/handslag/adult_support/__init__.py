"""Adults: reports and applications, care under LVM, debt counselling."""
