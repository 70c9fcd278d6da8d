/**
 * The languages jsii generates. They are written straight into package.json: projen's publishToXxx options would make
 * every local `npm run package` build them with each language's own tools.
 */
export const targets = {
  python: {
    distName: 'cdk-medallion-analytics',
    module: 'cdk_medallion_analytics',
  },
  java: {
    package: 'io.github.cdkmedallionanalytics',
    maven: {
      groupId: 'io.github.cdk-medallion-analytics',
      artifactId: 'cdk-medallion-analytics',
    },
  },
  dotnet: {
    namespace: 'CdkMedallionAnalytics',
    packageId: 'CdkMedallionAnalytics',
  },
  go: {
    moduleName: 'github.com/cdk-medallion-analytics/cdk-medallion-analytics-go',
  },
};
