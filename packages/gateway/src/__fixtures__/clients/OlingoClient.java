import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.client.core.http.BasicAuthHttpClientFactory;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.commons.api.edm.EdmEntitySet;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads an OData service with Apache Olingo: the metadata, all pages of a filtered set, and a row by its key. */
class OlingoClient {
  public static void main(String[] args) {
    String root = args[0];
    ODataClient client = ODataClientFactory.getClient();
    client.getConfiguration().setHttpClientFactory(new BasicAuthHttpClientFactory("", args[1]));

    Edm edm = client.getRetrieveRequestFactory().getMetadataRequest(root).execute().getBody();
    for (EdmEntitySet set : edm.getEntityContainer().getEntitySets())
      System.out.println("set " + set.getName() + " " + set.getEntityType().getKeyPredicateNames());

    URI next = client.newURIBuilder(root).appendEntitySetSegment("numbers")
        .filter("value lt 60000").select("value,word").build();
    int rows = 0;
    int pages = 0;
    while (next != null) {
      ClientEntitySet page =
          client.getRetrieveRequestFactory().getEntitySetRequest(next).execute().getBody();
      rows += page.getEntities().size();
      pages += 1;
      next = page.getNext();
    }
    System.out.println("rows " + rows + " pages " + pages);

    Map<String, Object> key = new LinkedHashMap<>();
    key.put("symbol", "AAPL");
    key.put("day", java.time.LocalDate.of(2026, 1, 3));
    URI uri = client.newURIBuilder(root).appendEntitySetSegment("prices").appendKeySegment(key).build();
    ClientEntity row = client.getRetrieveRequestFactory().getEntityRequest(uri).execute().getBody();
    row.getProperties().forEach(
        property -> System.out.println(property.getName() + " " + property.getValue()));
  }
}
