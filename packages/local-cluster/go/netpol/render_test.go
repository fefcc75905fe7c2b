package netpol

import (
	"context"
	"net/netip"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/knftables"
)

// render runs the transaction on a simulated nftables and gives the resulting rules of a chain.
func render(t *testing.T, rules Ruleset, chain string) []string {
	t.Helper()
	tables := knftables.NewFake(knftables.IPv4Family, Table)
	tx := tables.NewTransaction()
	Render(tx, rules, netip.MustParseAddr("10.255.1.1"))
	if err := tables.Run(context.Background(), tx); err != nil {
		t.Fatal(err)
	}
	listed, err := tables.ListRules(context.Background(), chain)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, rule := range listed {
		texts = append(texts, rule.Rule)
	}
	return texts
}

func TestWritesWhatIsAllowedAndDropsTheRest(t *testing.T) {
	rules := Ruleset{{
		Pod:     "one/web",
		Address: netip.MustParseAddr("10.0.0.1"),
		Ingress: &Direction{Allow: []Allowance{
			{Peers: addresses("10.0.0.2/32", "10.0.0.3/32"), Ports: []PortRange{{corev1.ProtocolTCP, 80, 80}, {corev1.ProtocolUDP, 1, 9}}},
			{Peers: addresses("10.0.0.0/8"), Except: addresses("10.1.0.0/16")},
			{Ports: []PortRange{{Protocol: corev1.ProtocolSCTP}}},
		}},
	}}
	expect(t, render(t, rules, "ingress-10.0.0.1"), []string{
		"ip saddr 10.0.0.1 return",
		"ip saddr { 10.0.0.2, 10.0.0.3 } tcp dport 80 return",
		"ip saddr { 10.0.0.2, 10.0.0.3 } udp dport 1-9 return",
		"ip saddr { 10.0.0.0/8 } ip saddr != { 10.1.0.0/16 } return",
		"meta l4proto sctp return",
		"drop",
	})
}

func TestAllowsEverythingForARuleWithoutPeersAndPorts(t *testing.T) {
	rules := Ruleset{{Pod: "one/web", Address: netip.MustParseAddr("10.0.0.1"), Egress: &Direction{Allow: []Allowance{{}}}}}
	expect(t, render(t, rules, "egress-10.0.0.1"), []string{"ip daddr 10.0.0.1 return", "return", "drop"})
}

func TestChecksBothEndsOfForwardedTrafficButLetsTheMachineIn(t *testing.T) {
	expect(t, render(t, nil, "forward"), []string{
		"ct state established,related accept",
		"ip saddr 10.255.1.1 accept",
		"ip saddr vmap @egress",
		"ip daddr vmap @ingress",
	})
}

func TestChecksWhatPodsSendToTheNode(t *testing.T) {
	expect(t, strings.Join(render(t, nil, "node"), "; "), "ct state established,related accept; ip saddr vmap @egress")
}
