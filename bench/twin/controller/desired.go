package controller

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	autoscalingac "k8s.io/client-go/applyconfigurations/autoscaling/v2"
	coreac "k8s.io/client-go/applyconfigurations/core/v1"
	metaac "k8s.io/client-go/applyconfigurations/meta/v1"
	networkingac "k8s.io/client-go/applyconfigurations/networking/v1"
)

const targetUtilization = 70

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

func desiredAutoscaler(w *workload) *autoscalingac.HorizontalPodAutoscalerApplyConfiguration {
	return autoscalingac.HorizontalPodAutoscaler(w.app, w.namespace).
		WithLabels(w.labels()).
		WithAnnotations(w.annotations()).
		WithSpec(autoscalingac.HorizontalPodAutoscalerSpec().
			WithScaleTargetRef(autoscalingac.CrossVersionObjectReference().
				WithAPIVersion("apps/v1").
				WithKind("Deployment").
				WithName(w.app)).
			WithMinReplicas(w.autoscale.min).
			WithMaxReplicas(w.autoscale.max).
			WithMetrics(autoscalingac.MetricSpec().
				WithType(autoscalingv2.ResourceMetricSourceType).
				WithResource(autoscalingac.ResourceMetricSource().
					WithName(corev1.ResourceCPU).
					WithTarget(autoscalingac.MetricTarget().
						WithType(autoscalingv2.UtilizationMetricType).
						WithAverageUtilization(targetUtilization)))))
}
