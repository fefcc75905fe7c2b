package controller

import (
	"strconv"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/intstr"
	appsac "k8s.io/client-go/applyconfigurations/apps/v1"
	coreac "k8s.io/client-go/applyconfigurations/core/v1"
	metaac "k8s.io/client-go/applyconfigurations/meta/v1"
)

func desiredDeployment(w *workload) *appsac.DeploymentApplyConfiguration {
	spec := appsac.DeploymentSpec().
		WithRevisionHistoryLimit(3).
		WithProgressDeadlineSeconds(120).
		WithSelector(metaac.LabelSelector().WithMatchLabels(w.selector())).
		WithStrategy(appsac.DeploymentStrategy().
			WithType(appsv1.RollingUpdateDeploymentStrategyType).
			WithRollingUpdate(appsac.RollingUpdateDeployment().
				WithMaxUnavailable(intstr.FromInt32(0)).
				WithMaxSurge(intstr.FromInt32(1)))).
		WithTemplate(podTemplate(w)).
		WithReplicas(w.replicas)
	return appsac.Deployment(w.app, w.namespace).
		WithLabels(w.labels()).
		WithAnnotations(w.annotations()).
		WithSpec(spec)
}

func podTemplate(w *workload) *coreac.PodTemplateSpecApplyConfiguration {
	return coreac.PodTemplateSpec().
		WithLabels(w.labelsWithCommit()).
		WithAnnotations(map[string]string{digestAnnotation: w.bundle.digest}).
		WithSpec(coreac.PodSpec().
			WithServiceAccountName(w.app).
			WithAutomountServiceAccountToken(false).
			WithEnableServiceLinks(false).
			WithHostUsers(false).
			WithTerminationGracePeriodSeconds(15).
			WithSecurityContext(coreac.PodSecurityContext().
				WithRunAsNonRoot(true).
				WithRunAsUser(1000).
				WithRunAsGroup(1000).
				WithFSGroup(1000).
				WithSeccompProfile(coreac.SeccompProfile().
					WithType(corev1.SeccompProfileTypeRuntimeDefault))).
			WithContainers(container(w)).
			WithVolumes(
				coreac.Volume().WithName("bundle").
					WithConfigMap(coreac.ConfigMapVolumeSource().WithName(w.bundle.copy)),
				coreac.Volume().WithName("tmp").
					WithEmptyDir(coreac.EmptyDirVolumeSource().
						WithMedium(corev1.StorageMediumMemory).
						WithSizeLimit(resource.MustParse("256Mi"))),
			))
}

func container(w *workload) *coreac.ContainerApplyConfiguration {
	port := strconv.Itoa(runtimePort)
	return coreac.Container().
		WithName("app").
		WithImage(w.image).
		WithImagePullPolicy(corev1.PullIfNotPresent).
		WithArgs("--bundle", "/bundle/"+bundleKey, "--port", port).
		WithEnv(
			variable("BAILIWICK_TENANT", w.tenant),
			variable("BAILIWICK_ENVIRONMENT", w.environment),
			variable("BAILIWICK_APP", w.app),
			variable("BAILIWICK_LIMIT_SECONDS", strconv.FormatInt(w.limits.Seconds, 10)),
			variable("BAILIWICK_LIMIT_ROWS", strconv.FormatInt(w.limits.Rows, 10)),
			variable("BAILIWICK_LIMIT_CONCURRENCY", strconv.FormatInt(w.limits.Concurrency, 10)),
			// The twin supports drafts only, and packs that allow no packages.
			variable("BAILIWICK_PACKAGES", "[]"),
			variable("BAILIWICK_DRAFT", "1"),
		).
		WithPorts(coreac.ContainerPort().
			WithName("http").
			WithContainerPort(runtimePort).
			WithProtocol(corev1.ProtocolTCP)).
		WithResources(resources(w)).
		WithSecurityContext(coreac.SecurityContext().
			WithAllowPrivilegeEscalation(false).
			WithCapabilities(coreac.Capabilities().WithDrop("ALL")).
			WithPrivileged(false).
			WithReadOnlyRootFilesystem(true)).
		WithStartupProbe(probe("/healthz", 1, 60)).
		WithLivenessProbe(probe("/healthz", 10, 3)).
		WithReadinessProbe(probe("/readyz?wait=3", 2, 2)).
		WithLifecycle(coreac.Lifecycle().
			WithPreStop(coreac.LifecycleHandler().
				WithSleep(coreac.SleepAction().WithSeconds(2)))).
		WithTerminationMessagePath("/root/termination-log").
		WithTerminationMessagePolicy(corev1.TerminationMessageFallbackToLogsOnError).
		WithVolumeMounts(
			coreac.VolumeMount().WithName("bundle").WithMountPath("/bundle").WithReadOnly(true),
			coreac.VolumeMount().WithName("tmp").WithMountPath("/tmp"),
		)
}

func variable(name, value string) *coreac.EnvVarApplyConfiguration {
	return coreac.EnvVar().WithName(name).WithValue(value)
}

func resources(w *workload) *coreac.ResourceRequirementsApplyConfiguration {
	cpu, memory := resource.MustParse(w.limits.CPU), resource.MustParse(w.limits.Memory)
	return coreac.ResourceRequirements().
		WithRequests(corev1.ResourceList{
			corev1.ResourceCPU:    smaller(resource.MustParse(w.requests.CPU), cpu),
			corev1.ResourceMemory: smaller(resource.MustParse(w.requests.Memory), memory),

			corev1.ResourceEphemeralStorage: resource.MustParse("32Mi"),
		}).
		WithLimits(corev1.ResourceList{
			corev1.ResourceCPU:    cpu,
			corev1.ResourceMemory: memory,

			corev1.ResourceEphemeralStorage: resource.MustParse("512Mi"),
		})
}

// smaller keeps a request from being above its limit, which would be refused.
func smaller(one, other resource.Quantity) resource.Quantity {
	if one.Cmp(other) <= 0 {
		return one
	}
	return other
}

func probe(path string, period, failures int32) *coreac.ProbeApplyConfiguration {
	return coreac.Probe().
		WithHTTPGet(coreac.HTTPGetAction().WithPath(path).WithPort(intstr.FromString("http"))).
		WithTimeoutSeconds(5).
		WithSuccessThreshold(1).
		WithPeriodSeconds(period).
		WithFailureThreshold(failures)
}
