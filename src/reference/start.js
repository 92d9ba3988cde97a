/* global SwaggerUIBundle */
// Shows the server's own description of its API; requests go to this server alone.
SwaggerUIBundle({
  url: new URL('../openapi.json', document.baseURI).href,
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  defaultModelsExpandDepth: 0,
  // Otherwise Swagger UI sends the description to its makers to have it checked.
  validatorUrl: null,
});
