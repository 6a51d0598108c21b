// Everything that License Watch needs in Azure: one identity, one web app, one bot, one database.
// The identity is both the bot's and the one that reads the tenant, so that there is no secret to renew.
// What it may read is granted afterwards by scripts/grant-permissions.ts.

@description('Start of the names of all resources.')
@minLength(4)
@maxLength(20)
param resourceBaseName string

@maxLength(42)
param botDisplayName string

@description('Password of the database administrator.')
@secure()
param databasePassword string

@description('Environment of the toolkit: the bot reads its settings from env/.env.<name>, which is deployed with it.')
param environmentName string

@description('Plan of the web app. It must be able to stay on: the bot works while nobody talks to it.')
param webAppSku string = 'B1'
param databaseSku string = 'Standard_B1ms'
param location string = resourceGroup().location

@description('Port inside the web app of readiness and metrics. The platform passes only PORT on, so that nobody reaches it from outside; empty puts them there, behind OPERATIONS_TOKEN.')
param operationsPort string = '9464'

var databaseUser = 'licensewatch'
var databaseName = 'licensewatch'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: resourceBaseName
  location: location
}

// A web app keeps files on network storage only, where SQLite's write-ahead log is not safe.
resource database 'Microsoft.DBforPostgreSQL/flexibleServers@2022-12-01' = {
  name: resourceBaseName
  location: location
  sku: {
    name: databaseSku
    tier: 'Burstable'
  }
  properties: {
    version: '15'
    administratorLogin: databaseUser
    administratorLoginPassword: databasePassword
    storage: {
      storageSizeGB: 32
    }
    backup: {
      backupRetentionDays: 14
      geoRedundantBackup: 'Disabled'
    }
    highAvailability: {
      mode: 'Disabled'
    }
  }

  resource ownDatabase 'databases' = {
    name: databaseName
  }

  // The range 0.0.0.0 stands for services inside Azure. After the database: the server refuses a second change
  // while it makes the first one (ServerIsBusy).
  resource azureServices 'firewallRules' = {
    name: 'azure-services'
    dependsOn: [
      ownDatabase
    ]
    properties: {
      startIpAddress: '0.0.0.0'
      endIpAddress: '0.0.0.0'
    }
  }
}

resource plan 'Microsoft.Web/serverfarms@2022-09-01' = {
  name: resourceBaseName
  location: location
  kind: 'linux'
  sku: {
    name: webAppSku
  }
  properties: {
    reserved: true
  }
}

resource webApp 'Microsoft.Web/sites@2022-09-01' = {
  name: resourceBaseName
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: {
      linuxFxVersion: 'NODE|24-lts'
      appCommandLine: 'node lib/main.js serve'
      alwaysOn: true
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      healthCheckPath: '/healthz'
      appSettings: [
        { name: 'WEBSITE_RUN_FROM_PACKAGE', value: '1' }
        { name: 'SCM_DO_BUILD_DURING_DEPLOYMENT', value: 'false' }
        { name: 'TEAMSFX_ENV', value: environmentName }
        { name: 'HOST', value: '0.0.0.0' }
        { name: 'PORT', value: '8080' }
        { name: 'OPERATIONS_PORT', value: operationsPort }
        { name: 'BOT_ID', value: identity.properties.clientId }
        { name: 'BOT_TYPE', value: 'UserAssignedMSI' }
        { name: 'BOT_TENANT_ID', value: identity.properties.tenantId }
        { name: 'AAD_APP_TENANT_ID', value: identity.properties.tenantId }
        { name: 'AAD_APP_CLIENT_ID', value: identity.properties.clientId }
        { name: 'AAD_APP_MANAGED_IDENTITY', value: 'true' }
        {
          name: 'DATABASE_URL'
          value: 'postgres://${databaseUser}:${uriComponent(databasePassword)}@${database.properties.fullyQualifiedDomainName}:5432/${databaseName}?sslmode=verify-full'
        }
      ]
    }
  }
}

// Deploys sign in with Entra; the passwords that every web app has beside that are switched off, one after the other.
resource noPasswordForDeploys 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2022-09-01' = {
  parent: webApp
  name: 'scm'
  properties: {
    allow: false
  }
}

resource noPasswordForFiles 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2022-09-01' = {
  parent: webApp
  name: 'ftp'
  dependsOn: [
    noPasswordForDeploys
  ]
  properties: {
    allow: false
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: resourceBaseName
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: botDisplayName
    endpoint: 'https://${webApp.properties.defaultHostName}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: identity.properties.clientId
    msaAppTenantId: identity.properties.tenantId
    msaAppMSIResourceId: identity.id
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: 'global'
    properties: {
      channelName: 'MsTeamsChannel'
    }
  }
}

// The toolkit writes outputs into env/.env.<environment>, under these names.
output BOT_ID string = identity.properties.clientId
output BOT_TENANT_ID string = identity.properties.tenantId
output BOT_DOMAIN string = webApp.properties.defaultHostName
output BOT_AZURE_APP_SERVICE_RESOURCE_ID string = webApp.id
output AAD_APP_CLIENT_ID string = identity.properties.clientId
output AAD_APP_PRINCIPAL_ID string = identity.properties.principalId
