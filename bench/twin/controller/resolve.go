package controller

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bailiwick.dev/twin/api"
	"bailiwick.dev/twin/platform"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// resolve finds out what must run in an environment. It returns an obstacle when something is
// missing.
func (r *AppReconciler) resolve(ctx context.Context, app *api.App, tenant *platform.Tenant, environment api.Environment) (*workload, error) {
	namespace, err := r.resolveNamespace(ctx, tenant, environment.Name)
	if err != nil {
		return nil, err
	}
	plan := &platform.Plan{}
	if err := r.find(ctx, tenant.Spec.Plan, plan, fail(
		fmt.Sprintf("Plan %q was not found.", tenant.Spec.Plan), "Request another plan on the tenant page, or ask the platform team to restore this one.")); err != nil {
		return nil, err
	}
	code, err := r.resolveBundle(ctx, app)
	if err != nil {
		return nil, err
	}
	runtime, err := r.resolveRuntime(ctx, app)
	if err != nil {
		return nil, err
	}
	image, err := r.resolveImage(ctx, runtime.Image)
	if err != nil {
		return nil, err
	}
	w := &workload{
		tenant: tenant.Name, environment: environment.Name, app: app.Name, namespace: namespace,
		commit: app.Spec.Source.Revision, bundle: code,
		image: image, limits: runtime.Limits, requests: plan.Spec.PerEnvironment.DefaultContainer,
	}
	w.replicas = scaleOf(environment)
	return w, nil
}

func scaleOf(environment api.Environment) int32 {
	if environment.Suspended {
		return 0
	}
	return ptr.Deref(environment.Replicas, api.Replicas{Min: 1, Max: 1}).Min
}

func (r *AppReconciler) resolveNamespace(ctx context.Context, tenant *platform.Tenant, environment string) (string, error) {
	if tenant == nil {
		return "", fail("The namespace is not the home namespace of a tenant.", "")
	}
	at := slices.IndexFunc(tenant.Spec.Environments, func(one platform.TenantEnvironment) bool {
		return one.Name == environment
	})
	if at < 0 {
		return "", fail(fmt.Sprintf("Tenant %s has no environment %q.", tenant.Name, environment),
			"Request the environment on the tenant page, or remove it from the app.")
	}
	if tenant.Spec.Environments[at].Protected {
		return "", fail(fmt.Sprintf("Environment %s is protected and accepts only releases.", environment),
			"Publish a release and promote it to this environment, or remove the environment from the app.")
	}
	name := environmentNamespace(tenant.Name, environment)
	making := wait(fmt.Sprintf("Environment %s of tenant %s is being created.", environment, tenant.Name))
	namespace := &corev1.Namespace{}
	if err := r.find(ctx, name, namespace, making); err != nil {
		return "", err
	}
	if !namespace.DeletionTimestamp.IsZero() {
		return "", making
	}
	return name, nil
}

func (r *AppReconciler) resolveBundle(ctx context.Context, app *api.App) (bundle, error) {
	commit := app.Spec.Source.Revision
	key := client.ObjectKey{Namespace: app.Namespace, Name: bundleName(app.Name, commit)}
	source := &corev1.ConfigMap{}
	err := client.IgnoreNotFound(r.Get(ctx, key, source, noCopy))
	if err != nil {
		return bundle{}, err
	}
	digest := source.Annotations[digestAnnotation]
	if digest == "" {
		return bundle{}, wait(fmt.Sprintf("Bundling the code of commit %s.", shortCommit(commit)))
	}
	return bundle{
		source: key.Name,
		copy:   app.Name + "-" + shortCommit(strings.TrimPrefix(digest, "sha256:")),
		digest: digest,
	}, nil
}

func (r *AppReconciler) resolveRuntime(ctx context.Context, app *api.App) (*platform.Runtime, error) {
	archetype := app.Spec.Archetype
	pack := &platform.DomainPack{}
	if err := r.find(ctx, archetype.Pack, pack, fail(
		fmt.Sprintf("Domain pack %q is not installed.", archetype.Pack), "Ask the platform team to install it.")); err != nil {
		return nil, err
	}
	for _, one := range pack.Spec.Archetypes {
		if one.Name != archetype.Name {
			continue
		}
		for _, runtime := range pack.Spec.Runtimes {
			if runtime.Name == one.Runtime {
				return &runtime, nil
			}
		}
	}
	return nil, fail(fmt.Sprintf("Domain pack %s %s has no archetype %q with a runtime.",
		archetype.Pack, pack.Spec.Version, archetype.Name), "Ask the pack's owners to restore it.")
}

// resolveImage looks up where nodes find an image; one with a registry, tag or digest stands for
// itself.
func (r *AppReconciler) resolveImage(ctx context.Context, image string) (string, error) {
	first, _, hasPath := strings.Cut(image, "/")
	last := image[strings.LastIndex(image, "/")+1:]
	if strings.ContainsAny(last, ":@") || hasPath && strings.ContainsAny(first, ".:") {
		return image, nil
	}
	images := &corev1.ConfigMap{}
	key := client.ObjectKey{Namespace: systemNamespace, Name: runtimeImages}
	if err := client.IgnoreNotFound(r.Get(ctx, key, images, noCopy)); err != nil {
		return "", err
	}
	if found := images.Data[strings.ReplaceAll(image, "/", ".")]; found != "" {
		return found, nil
	}
	return "", wait(fmt.Sprintf("Runtime image %s is not available yet.", image))
}

// find reads a cluster-wide object from the cache, or returns the obstacle when there is none.
func (r *AppReconciler) find(ctx context.Context, name string, into client.Object, missing *obstacle) error {
	err := r.Get(ctx, client.ObjectKey{Name: name}, into, noCopy)
	if apierrors.IsNotFound(err) {
		return missing
	}
	return err
}
