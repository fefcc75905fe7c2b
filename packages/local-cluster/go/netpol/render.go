package netpol

import (
	"fmt"
	"net/netip"
	"strings"

	"sigs.k8s.io/knftables"
)

// Table is the name of the nftables table.
const Table = "bailiwick-netpol"

const (
	ingressMap = "ingress"
	egressMap  = "egress"
)

// Render replaces the whole table in one transaction: packets meet the old or the new rules, never
// none. host is the machine the cluster runs on, which reaches every pod.
func Render(tx *knftables.Transaction, rules Ruleset, host netip.Addr) {
	tx.Add(&knftables.Table{})
	tx.Delete(&knftables.Table{})
	tx.Add(&knftables.Table{Comment: knftables.PtrTo("Kubernetes NetworkPolicy")})
	for _, name := range []string{ingressMap, egressMap} {
		tx.Add(&knftables.Map{Name: name, Type: "ipv4_addr : verdict"})
	}
	for _, each := range rules {
		if each.Egress != nil {
			addPod(tx, egressMap, "ip daddr", each, *each.Egress)
		}
		if each.Ingress != nil {
			addPod(tx, ingressMap, "ip saddr", each, *each.Ingress)
		}
	}
	established := "ct state established,related accept"
	// What pods send to each other and to the world.
	addHook(tx, "forward", knftables.ForwardHook, established,
		fmt.Sprintf("ip saddr %s accept", host),
		"ip saddr vmap @"+egressMap, "ip daddr vmap @"+ingressMap)
	// What pods send to the node itself, the API server for example.
	addHook(tx, "node", knftables.InputHook, established, "ip saddr vmap @"+egressMap)
}

func addHook(tx *knftables.Transaction, name string, hook knftables.BaseChainHook, rules ...string) {
	tx.Add(&knftables.Chain{
		Name:     name,
		Type:     knftables.PtrTo(knftables.FilterType),
		Hook:     knftables.PtrTo(hook),
		Priority: knftables.PtrTo(knftables.FilterPriority),
	})
	for _, rule := range rules {
		tx.Add(&knftables.Rule{Chain: name, Rule: rule})
	}
}

// addPod adds the chain that a pod's packets of one direction run through: it returns for what is
// allowed and drops the rest. other matches the address of the other side.
func addPod(tx *knftables.Transaction, direction, other string, rules PodRules, allowed Direction) {
	chain := direction + "-" + rules.Address.String()
	tx.Add(&knftables.Chain{Name: chain, Comment: knftables.PtrTo(shorten(rules.Pod))})
	// A pod cannot be cut off from itself, not even through its Service.
	tx.Add(&knftables.Rule{Chain: chain, Rule: fmt.Sprintf("%s %s return", other, rules.Address)})
	for _, allowance := range allowed.Allow {
		for _, match := range allowance.matches(other) {
			tx.Add(&knftables.Rule{Chain: chain, Rule: strings.TrimSpace(match + " return")})
		}
	}
	tx.Add(&knftables.Rule{Chain: chain, Rule: "drop"})
	tx.Add(&knftables.Element{Map: direction, Key: []string{rules.Address.String()}, Value: []string{"jump " + chain}})
}

// matches gives one nftables expression for each port range.
func (a Allowance) matches(other string) []string {
	var peer string
	if a.Peers != nil {
		peer = other + " " + set(a.Peers)
	}
	if len(a.Except) > 0 {
		peer += " " + other + " != " + set(a.Except)
	}
	if a.Ports == nil {
		return []string{peer}
	}
	expressions := make([]string, 0, len(a.Ports))
	for _, port := range a.Ports {
		expressions = append(expressions, strings.TrimSpace(peer+" "+port.expression()))
	}
	return expressions
}

func (p PortRange) expression() string {
	protocol := strings.ToLower(string(p.Protocol))
	switch {
	case p.First == 0:
		return "meta l4proto " + protocol
	case p.Last == p.First:
		return fmt.Sprintf("%s dport %d", protocol, p.First)
	default:
		return fmt.Sprintf("%s dport %d-%d", protocol, p.First, p.Last)
	}
}

func set(prefixes []netip.Prefix) string {
	texts := make([]string, 0, len(prefixes))
	for _, prefix := range prefixes {
		if prefix.IsSingleIP() {
			texts = append(texts, prefix.Addr().String())
		} else {
			texts = append(texts, prefix.String())
		}
	}
	return "{ " + strings.Join(texts, ", ") + " }"
}

// shorten keeps within the 128 characters nftables allows for comments.
func shorten(text string) string {
	return text[:min(len(text), 120)]
}
