package isolation

import (
	"fmt"
	"os/exec"
	"strings"
)

// openFirewall makes the host's table of the cell: what leaves the cell for the world carries the
// host's address, and only the host itself and other cells may open connections into it.
func openFirewall(layout Layout) error {
	inside := strings.Join(append([]string{layout.NodeAddress}, layout.Networks...), ", ")
	return nft(fmt.Sprintf(`
table ip %[1]s {
	chain postrouting {
		type nat hook postrouting priority srcnat;
		ip saddr { %[2]s } oifname != "%[4]s*" masquerade
	}
	chain forward {
		type filter hook forward priority filter;
		oifname "%[3]s" iifname != "%[4]s*" ct state new drop
	}
}
`, layout.Table, inside, layout.Link, linkPrefix))
}

// closeFirewall also succeeds when there is no such table.
func closeFirewall(layout Layout) error {
	return nft(fmt.Sprintf("table ip %[1]s\ndelete table ip %[1]s\n", layout.Table))
}

func nft(script string) error {
	command := exec.Command("nft", "-f", "-")
	command.Stdin = strings.NewReader(script)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("nft: %w: %s", err, strings.TrimSpace(string(output)))
	}
	return nil
}
