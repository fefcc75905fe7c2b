package controller

import (
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	coreac "k8s.io/client-go/applyconfigurations/core/v1"
	metaac "k8s.io/client-go/applyconfigurations/meta/v1"
	networkingac "k8s.io/client-go/applyconfigurations/networking/v1"
	policyac "k8s.io/client-go/applyconfigurations/policy/v1"
)

func desiredServiceAccount(w *workload) *coreac.ServiceAccountApplyConfiguration {
	return coreac.ServiceAccount(w.app, w.namespace).
		WithLabels(w.labels()).
		WithAnnotations(w.annotations()).
		WithAutomountServiceAccountToken(false)
}

func desiredService(w *workload) *coreac.ServiceApplyConfiguration {
	return coreac.Service(w.app, w.namespace).
		WithLabels(w.labels()).
		WithAnnotations(w.annotations()).
		WithSpec(coreac.ServiceSpec().
			WithType(corev1.ServiceTypeClusterIP).
			WithSelector(w.selector()).
			WithPorts(coreac.ServicePort().
				WithName("http").
				WithPort(80).
				WithTargetPort(intstr.FromString("http")).
				WithProtocol(corev1.ProtocolTCP)))
}

// desiredNetworkPolicy lets the gateway reach the app's pods, and nobody else.
func desiredNetworkPolicy(w *workload) *networkingac.NetworkPolicyApplyConfiguration {
	gateway := metaac.LabelSelector().
		WithMatchLabels(map[string]string{corev1.LabelMetadataName: systemNamespace})
	return networkingac.NetworkPolicy(w.app, w.namespace).
		WithLabels(w.labels()).
		WithAnnotations(w.annotations()).
		WithSpec(networkingac.NetworkPolicySpec().
			WithPodSelector(metaac.LabelSelector().WithMatchLabels(w.selector())).
			WithPolicyTypes(networkingv1.PolicyTypeIngress).
			WithIngress(networkingac.NetworkPolicyIngressRule().
				WithFrom(networkingac.NetworkPolicyPeer().WithNamespaceSelector(gateway)).
				WithPorts(networkingac.NetworkPolicyPort().
					WithProtocol(corev1.ProtocolTCP).
					WithPort(intstr.FromInt32(runtimePort)))))
}

func desiredBundleCopy(w *workload, archive []byte) *coreac.ConfigMapApplyConfiguration {
	return coreac.ConfigMap(w.bundle.copy, w.namespace).
		WithLabels(w.labelsWithCommit()).
		WithAnnotations(w.annotations()).
		WithAnnotations(map[string]string{digestAnnotation: w.bundle.digest}).
		WithImmutable(true).
		WithBinaryData(map[string][]byte{bundleKey: archive})
}

// desiredDisruptionBudget lets a node be drained one pod at a time.
func desiredDisruptionBudget(w *workload) *policyac.PodDisruptionBudgetApplyConfiguration {
	return policyac.PodDisruptionBudget(w.app, w.namespace).
		WithLabels(w.labels()).
		WithAnnotations(w.annotations()).
		WithSpec(policyac.PodDisruptionBudgetSpec().
			WithMaxUnavailable(intstr.FromInt32(1)).
			WithSelector(metaac.LabelSelector().WithMatchLabels(w.selector())).
			WithUnhealthyPodEvictionPolicy(policyv1.AlwaysAllow))
}
