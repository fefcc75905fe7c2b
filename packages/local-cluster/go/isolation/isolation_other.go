//go:build !linux

package isolation

import "errors"

var errLinuxOnly = errors.New("an isolated cell needs Linux")

// Run needs Linux.
func Run([]string) error { return errLinuxOnly }

// RunInside needs Linux.
func RunInside([]string) error { return errLinuxOnly }

// RunClean has nothing to clean elsewhere.
func RunClean([]string) error { return nil }
