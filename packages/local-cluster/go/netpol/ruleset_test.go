package netpol

import (
	"net/netip"
	"reflect"
	"testing"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var (
	web  = newPod("one", "web", "10.0.0.1", corev1.ContainerPort{Name: "http", ContainerPort: 8080})
	old  = newPod("one", "old", "10.0.0.2", corev1.ContainerPort{Name: "http", ContainerPort: 80})
	job  = newPod("two", "job", "10.0.0.3")
	pods = []*corev1.Pod{web, old, job}
	both = []*corev1.Namespace{newNamespace("one"), newNamespace("two")}
)

func newPod(namespace, name, address string, ports ...corev1.ContainerPort) *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name, Labels: map[string]string{"app": name}},
		Spec:       corev1.PodSpec{Containers: []corev1.Container{{Ports: ports}}},
		Status:     corev1.PodStatus{PodIP: address, Phase: corev1.PodRunning},
	}
}

func newNamespace(name string) *corev1.Namespace {
	return &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{"name": name}}}
}

func newPolicy(spec networkingv1.NetworkPolicySpec) *networkingv1.NetworkPolicy {
	return &networkingv1.NetworkPolicy{ObjectMeta: metav1.ObjectMeta{Namespace: "one", Name: "p"}, Spec: spec}
}

func app(name string) *metav1.LabelSelector {
	return &metav1.LabelSelector{MatchLabels: map[string]string{"app": name}}
}

func named(name string) *metav1.LabelSelector {
	return &metav1.LabelSelector{MatchLabels: map[string]string{"name": name}}
}

func port(value intstr.IntOrString) []networkingv1.NetworkPolicyPort {
	return []networkingv1.NetworkPolicyPort{{Port: &value}}
}

func compute(spec networkingv1.NetworkPolicySpec) map[string]PodRules {
	byPod := map[string]PodRules{}
	for _, each := range Compute(pods, both, []*networkingv1.NetworkPolicy{newPolicy(spec)}) {
		byPod[each.Pod] = each
	}
	return byPod
}

func addresses(texts ...string) []netip.Prefix {
	var all []netip.Prefix
	for _, text := range texts {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

func expect(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestLimitsOnlySelectedPodsOfItsNamespace(t *testing.T) {
	rules := compute(networkingv1.NetworkPolicySpec{PodSelector: *app("web")})
	expect(t, rules, map[string]PodRules{
		"one/web": {Pod: "one/web", Address: netip.MustParseAddr("10.0.0.1"), Ingress: &Direction{}},
	})
}

func TestLimitsEgressWhenOnlyEgressRulesSaySo(t *testing.T) {
	rules := compute(networkingv1.NetworkPolicySpec{Egress: []networkingv1.NetworkPolicyEgressRule{{}}})
	expect(t, rules["one/web"].Ingress, &Direction{})
	expect(t, rules["one/web"].Egress, &Direction{Allow: []Allowance{{}}})
}

func TestSelectsPeers(t *testing.T) {
	for name, test := range map[string]struct {
		peer networkingv1.NetworkPolicyPeer
		want []Allowance
	}{
		"pods of the policy's namespace": {
			networkingv1.NetworkPolicyPeer{PodSelector: &metav1.LabelSelector{}},
			[]Allowance{{Peers: addresses("10.0.0.1/32", "10.0.0.2/32")}},
		},
		"all pods of another namespace": {
			networkingv1.NetworkPolicyPeer{NamespaceSelector: named("two")},
			[]Allowance{{Peers: addresses("10.0.0.3/32")}},
		},
		"pods that match in namespaces that match": {
			networkingv1.NetworkPolicyPeer{NamespaceSelector: &metav1.LabelSelector{}, PodSelector: app("old")},
			[]Allowance{{Peers: addresses("10.0.0.2/32")}},
		},
		"nobody when nothing matches": {
			networkingv1.NetworkPolicyPeer{PodSelector: app("absent")},
			nil,
		},
		"addresses with exceptions": {
			networkingv1.NetworkPolicyPeer{IPBlock: &networkingv1.IPBlock{CIDR: "10.0.0.0/8", Except: []string{"10.1.0.0/16"}}},
			[]Allowance{{Peers: addresses("10.0.0.0/8"), Except: addresses("10.1.0.0/16")}},
		},
		"no IPv6 addresses": {
			networkingv1.NetworkPolicyPeer{IPBlock: &networkingv1.IPBlock{CIDR: "fd00::/8"}},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			rules := compute(networkingv1.NetworkPolicySpec{
				PodSelector: *app("web"),
				Ingress:     []networkingv1.NetworkPolicyIngressRule{{From: []networkingv1.NetworkPolicyPeer{test.peer}}},
			})
			expect(t, rules["one/web"].Ingress.Allow, test.want)
		})
	}
}

func TestResolvesPortNamesOnTheServingPod(t *testing.T) {
	rules := compute(networkingv1.NetworkPolicySpec{
		Ingress: []networkingv1.NetworkPolicyIngressRule{{Ports: port(intstr.FromString("http"))}},
	})
	expect(t, rules["one/web"].Ingress.Allow, []Allowance{{Ports: []PortRange{{corev1.ProtocolTCP, 8080, 8080}}}})
	expect(t, rules["one/old"].Ingress.Allow, []Allowance{{Ports: []PortRange{{corev1.ProtocolTCP, 80, 80}}}})
}

func TestResolvesPortNamesOfEachDestination(t *testing.T) {
	rules := compute(networkingv1.NetworkPolicySpec{
		PodSelector: *app("web"),
		PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeEgress},
		Egress: []networkingv1.NetworkPolicyEgressRule{{
			To:    []networkingv1.NetworkPolicyPeer{{PodSelector: &metav1.LabelSelector{}}},
			Ports: port(intstr.FromString("http")),
		}},
	})
	expect(t, rules["one/web"].Egress.Allow, []Allowance{
		{Peers: addresses("10.0.0.1/32"), Ports: []PortRange{{corev1.ProtocolTCP, 8080, 8080}}},
		{Peers: addresses("10.0.0.2/32"), Ports: []PortRange{{corev1.ProtocolTCP, 80, 80}}},
	})
}

func TestAllowsNothingForPortNamesThatNobodyHas(t *testing.T) {
	rules := compute(networkingv1.NetworkPolicySpec{
		PodSelector: *app("web"),
		Ingress:     []networkingv1.NetworkPolicyIngressRule{{Ports: port(intstr.FromString("absent"))}},
	})
	expect(t, rules["one/web"].Ingress, &Direction{})
}

func TestUnderstandsPortRangesAndWholeProtocols(t *testing.T) {
	first, last, udp := intstr.FromInt32(8000), int32(8999), corev1.ProtocolUDP
	rules := compute(networkingv1.NetworkPolicySpec{
		PodSelector: *app("web"),
		Ingress: []networkingv1.NetworkPolicyIngressRule{{Ports: []networkingv1.NetworkPolicyPort{
			{Port: &first, EndPort: &last}, {Protocol: &udp},
		}}},
	})
	expect(t, rules["one/web"].Ingress.Allow, []Allowance{{Ports: []PortRange{
		{corev1.ProtocolTCP, 8000, 8999}, {Protocol: corev1.ProtocolUDP},
	}}})
}

func TestLeavesOutPodsWithoutAnAddressOfTheirOwn(t *testing.T) {
	onHost, ended, starting := newPod("one", "a", "10.0.0.7"), newPod("one", "b", "10.0.0.8"), newPod("one", "c", "")
	onHost.Spec.HostNetwork = true
	ended.Status.Phase = corev1.PodSucceeded
	policies := []*networkingv1.NetworkPolicy{newPolicy(networkingv1.NetworkPolicySpec{})}
	expect(t, len(Compute([]*corev1.Pod{onHost, ended, starting}, both, policies)), 0)
}
