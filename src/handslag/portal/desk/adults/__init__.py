"""Adults at the desk: an application or a report of concern, care under LVM, and closing by a reason of the kind."""
