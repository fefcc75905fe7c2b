// Package netpol enforces NetworkPolicy.
package netpol

import "context"

// Run is filled below.
func Run(ctx context.Context, arguments []string) error { <-ctx.Done(); return nil }
